// Numeric blocks as .npy, version 1.0, little-endian float64 in C order: numpy reads them without kontor.
#pragma once

#include <filesystem>
#include <string>

#include "kontor/base/block.h"

namespace kontor {

/// The bytes before the numbers: magic, version and header, padded to 64 bytes so that the numbers are aligned.
std::string npy_header(std::size_t rows, std::size_t columns);

/// Writes a block as a new file inside a NewFolder and returns its SHA-256.
std::string write_npy(const std::filesystem::path& path, const Block& block);

/// Maps a block. Throws Error(data) if the file is not a float64 C-order matrix of the size its header says.
Block map_npy(const std::filesystem::path& path);

/// Reads the header of .npy bytes; on return rows, columns and the offset of the numbers. Throws Error(data).
void parse_npy(std::string_view bytes, const std::string& file, std::size_t& rows, std::size_t& columns, std::size_t& offset);

}  // namespace kontor
