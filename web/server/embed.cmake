# Packs every file of the built page with gzip and writes a table of them for the program.
#
#   cmake -DPAGE=web/page/dist -DOUT=build/made/page -P embed.cmake
#
# assets_table.cpp changes only if a file does.
file(GLOB_RECURSE files RELATIVE ${PAGE} ${PAGE}/*)
list(SORT files)
file(MAKE_DIRECTORY ${OUT})
set(blobs "")
set(rows "")
set(number 0)
foreach(file ${files})
  set(packed ${OUT}/${number}.gz)
  execute_process(COMMAND gzip -9 -n -c ${PAGE}/${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
  file(SHA256 ${packed} hash)
  string(APPEND blobs "// ${hash}\nKONTOR_EMBED(${number}, \"${packed}\")\n")
  string(APPEND rows "    {\"/${file}\", part(asset_${number}_begin, asset_${number}_end)},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT}/assets_table.new "// Made by web/server/embed.cmake.
#include \"assets.h\"

#define KONTOR_EMBED(n, file) \\
  asm(\".section .rodata\\n\" \\
      \"asset_\" #n \"_begin:\\n.incbin \\\"\" file \"\\\"\\n\" \\
      \"asset_\" #n \"_end:\\n.previous\\n\"); \\
  extern \"C\" const char asset_##n##_begin[], asset_##n##_end[];

${blobs}
namespace kontor::web {

static std::string_view part(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

std::span<const Asset> assets() {
  static const Asset list[] = {
${rows}  };
  return list;
}

}  // namespace kontor::web
")
execute_process(COMMAND ${CMAKE_COMMAND} -E copy_if_different ${OUT}/assets_table.new ${OUT}/assets_table.cpp COMMAND_ERROR_IS_FATAL ANY)
