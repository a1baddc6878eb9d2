#include "host/plugin/elf_check.hpp"

#include <elf.h>

#include <cstring>

namespace causeway::plugin {
namespace {

#if defined(__x86_64__)
constexpr auto kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr auto kMachine = EM_AARCH64;
#else
#error "Add the ELF machine number of this processor"
#endif

Failure cutShort() { return fail(ErrorKind::Invalid, "is not whole: the file ends before the library does"); }

}  // namespace

Result<void> checkIsLibrary(std::string_view bytes) {
  Elf64_Ehdr header;
  if (bytes.size() < SELFMAG || std::memcmp(bytes.data(), ELFMAG, SELFMAG) != 0) {
    return fail(ErrorKind::Invalid, "is not a shared library");
  }
  if (bytes.size() < sizeof(header)) return cutShort();
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != kMachine) {
    return fail(ErrorKind::Invalid, "was built for another kind of machine");
  }
  if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Elf64_Phdr)) {
    return fail(ErrorKind::Invalid, "is not a shared library");
  }
  const size_t size = bytes.size();
  if (header.e_phoff > size || (size - header.e_phoff) / sizeof(Elf64_Phdr) < header.e_phnum) return cutShort();
  // Linkers put the table of sections last, so that it shows any cut, even of parts that are not loaded.
  const size_t sections = size_t{header.e_shnum} * header.e_shentsize;
  if (header.e_shoff > size || sections > size - header.e_shoff) return cutShort();
  for (size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    std::memcpy(&segment, bytes.data() + header.e_phoff + i * sizeof(segment), sizeof(segment));
    if (segment.p_filesz == 0) continue;
    if (segment.p_offset > size || segment.p_filesz > size - segment.p_offset) return cutShort();
  }
  return {};
}

}  // namespace causeway::plugin
