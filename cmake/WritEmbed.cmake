# Texts that the command carries: a folder of the repository becomes a C++ source, named in `writ_embedded`.
#   writ_embed(driver::diagnostic_pages "${PROJECT_SOURCE_DIR}/docs/diagnostics")
# defines writ::driver::diagnostic_pages(): path and text, by path.
function(writ_embed function folder)
  string(REPLACE "::" "_" name "${function}")
  file(GLOB_RECURSE texts CONFIGURE_DEPENDS "${folder}/*")
  set(out "${PROJECT_BINARY_DIR}/generated/embedded/${name}.cpp")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/tools/embed" "${out}" "${function}" "${folder}"
    DEPENDS ${texts} "${PROJECT_SOURCE_DIR}/tools/embed"
    COMMENT "Embedding ${folder}"
    VERBATIM)
  set_source_files_properties("${out}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  set(writ_embedded ${writ_embedded} "${out}" PARENT_SCOPE)
endfunction()
