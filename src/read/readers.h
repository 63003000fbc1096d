// The rows of the list of readers. To add a reader: its file, its line here, its line in readers.cpp.
#pragma once

#include "kontor/read/reader.h"

namespace kontor {

extern const Reader long_csv_reader;
extern const Reader pymrio_reader;
extern const Reader wiod_reader;
extern const Reader wiod_xlsx_reader;
extern const Reader icio_reader;
extern const Reader supply_use_trade_reader;
extern const Reader trade_model_reader;

}  // namespace kontor
