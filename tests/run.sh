# shellcheck shell=bash
# shellcheck disable=SC2154
# ./causeway test: sourced by the launcher, which brings root, say, die, build, install_packages and changed_cpp_files.

passed=0
failed=0
most_seconds=$((25 * 60))
tidy_files=12
tidy_seconds=360
fuzz_seconds=5

skip() { say "SKIPPED: $*"; }

# check NAME COMMAND...: one check, one line.
check() {
  local name=$1 log=$root/build/check.log
  shift
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    say "FAILED: $name"
    tail -n 40 "$log" >&2
  fi
}

begin() {
  part=$1
  part_started=$SECONDS
  say "$part ..."
}
end() { say "$part: $((SECONDS - part_started)) s"; }

finish() {
  echo "$passed passed, $failed failed"
  ((failed == 0))
}

build_or_finish() {
  begin "building ($1)"
  if ! build "$@"; then
    failed=$((failed + 1))
    finish
    exit 1
  fi
  end
}

# ctest of one preset; its own summary line becomes part of ours.
run_ctest() {
  local folder=$root/build/$1 log total bad
  log=$folder/ctest.log
  begin "tests ($1)"
  (cd "$folder" && ctest -j2 --timeout 300 --output-on-failure --no-tests=error) >"$log" 2>&1 || true
  total=$(sed -nE 's/^[0-9]+% tests passed, [0-9]+ tests failed out of ([0-9]+)$/\1/p' "$log")
  bad=$(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests failed out of [0-9]+$/\1/p' "$log")
  if [[ -z $total ]]; then
    total=1 bad=1
    tail -n 20 "$log" >&2
  fi
  passed=$((passed + total - bad))
  failed=$((failed + bad))
  if ((bad > 0)); then
    sed -n '/^[0-9]*% tests passed/q; /\*\*\*/,/^ *Start /p' "$log" | tail -n 200 >&2
    sed -n '/The following tests FAILED/,$p' "$log" >&2
  fi
  sed -n '/did not run:/,/^$/p' "$log" | sed -nE 's/^\s*[0-9]+ - (.*) \((Skipped|Disabled)\)$/\1/p' | while read -r name; do skip "$name"; done
  end
}

is_formatted() { clang-format-19 --dry-run -Werror "$1" 2>/dev/null; }

check_format() {
  begin "format of changed files"
  local file
  while read -r file; do
    check "$file is not in the house style; run ./causeway format" is_formatted "$root/$file"
  done < <(changed_cpp_files)
  end
}

# The newest changed sources, as many as the time allows, two at a time.
check_tidy() {
  begin "clang-tidy on changed sources"
  local files until=$((SECONDS + tidy_seconds)) left=$((most_seconds - SECONDS - 240)) logs=$root/build/tidy file
  ((left < tidy_seconds)) && until=$((SECONDS + left))
  mapfile -t files < <(changed_cpp_files | grep '\.cpp$' | while read -r file; do
    if grep -qF "$root/$file" "$root/build/dev/compile_commands.json"; then echo "$file"; fi
  done)
  ((${#files[@]} <= tidy_files)) || skip "clang-tidy on $((${#files[@]} - tidy_files)) older changed sources: it reads the newest $tidy_files"
  files=("${files[@]:0:tidy_files}")
  rm -rf "$logs" && mkdir -p "$logs"
  for file in "${files[@]}"; do
    while (($(jobs -rp | wc -l) >= 2)); do sleep 0.2; done
    if ((SECONDS >= until)); then
      skip "clang-tidy on $file: its time was used up"
      continue
    fi
    (cd "$root" && timeout $((until - SECONDS + 5)) clang-tidy-19 --quiet --extra-arg=-Wno-ignored-gch -p build/dev "$file" >"$logs/${file//\//,}" 2>&1 \
      || echo "exit $?" >>"$logs/${file//\//,}") &
  done
  wait
  for file in "${files[@]}"; do
    [[ -f $logs/${file//\//,} ]] || continue
    if grep -q '^exit 124$' "$logs/${file//\//,}"; then
      skip "clang-tidy on $file: its time was used up"
    else
      check "clang-tidy on $file" awk '/(error|warning): /{ print } /^exit [0-9]+$/{ bad = 1 } END { exit bad }' "$logs/${file//\//,}"
    fi
  done
  end
}

run_fuzzers() {
  local fuzzer name found
  build_or_finish fuzz fuzzers
  begin "fuzzers, $fuzz_seconds s each"
  for fuzzer in "$root"/build/fuzz/tests/fuzz/fuzz_*; do
    [[ -f $fuzzer && -x $fuzzer ]] || continue
    name=${fuzzer##*/fuzz_}
    found=$root/build/fuzz/corpus/$name
    mkdir -p "$found" "$root/build/fuzz/crashes"
    local corpus=("$found")
    [[ ! -d $root/tests/fuzz/corpus/$name ]] || corpus+=("$root/tests/fuzz/corpus/$name")
    check "fuzzing $name; the input that broke it is in build/fuzz/crashes" "$fuzzer" "${corpus[@]}" -max_total_time="$fuzz_seconds" \
      -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$root/build/fuzz/crashes/$name-"
  done
  end
}

# in_halves PROGRAM WORD COUNT: seeds from 1000 on, each half in a process of its own.
in_halves() {
  local half=$(($3 / 2)) bad=0
  "$1" --seed 1000 "$2" "$half" &
  "$1" --seed $((1000 + half)) "$2" $(($3 - half)) || bad=1
  wait $! || bad=1
  return $bad
}

run_long() {
  build_or_finish san
  run_ctest san
  begin "killing the host under a load of 5,000 messages"
  check "tests/crash/kill_test.py" python3 "$root/tests/crash/kill_test.py" "$root/build/dev/host/app/causeway" \
    "$root/build/dev/lib/causeway/adapters" "$root" --messages 5000 --kills 5
  end
  begin "10,000 simulated lives of a host"
  check "tests/simulation" in_halves "$root/build/dev/tests/simulation/causeway_simulation" --runs 10000
  end
  begin "10,000 seeds of fifty cases"
  check "tests/simulation/cases" in_halves "$root/build/dev/tests/simulation/cases/causeway_cases" --seeds 10000
  end
}

run_tests() {
  local long=0
  case ${1:-} in
    "") ;;
    --long) long=1 fuzz_seconds=60 tidy_files=100000 tidy_seconds=7200 most_seconds=$((24 * 3600)) ;;
    *) die "unknown option '$1' of test; there is --long only" 2 ;;
  esac
  SECONDS=0
  install_packages "$root/cmake/packages.txt" "$root/cmake/packages-test.txt"
  mkdir -p "$root/build"
  build_or_finish dev
  run_ctest dev
  if git -C "$root" rev-parse --git-dir >/dev/null 2>&1; then
    check_format
    check_tidy
  else
    skip "format and clang-tidy of changed files: this is no git checkout, so nothing tells what changed"
  fi
  run_fuzzers
  if ((long)); then run_long; else skip "long fuzzing and sanitizers (./causeway test --long)"; fi
  say "all of it: $((SECONDS / 60)) min $((SECONDS % 60)) s"
  finish
}
