#!/usr/bin/env bash
# What the GitHub action does: (1) validate, (2) say what changes in behaviour against the base of the pull request, (3) compare the generated
# files with the spec. Every input comes as a variable of the environment. The exit status is that of the first step that fails.
set -uo pipefail

spec=${CONFGEN_SPEC:-confgen.yaml}
targets=()
[ -z "${CONFGEN_TARGETS:-}" ] || targets=(-t "$CONFGEN_TARGETS")
options=()
[ "${CONFGEN_STRICT:-false}" != true ] || options+=(--strict)
[ -z "${CONFGEN_BASELINE:-}" ] || options+=(--baseline "$CONFGEN_BASELINE")

# 1. Validate.
confgen validate "$spec" ${targets[@]+"${targets[@]}"} ${options[@]+"${options[@]}"} --format github
valid=$?
[ "$valid" = 0 ] || exit "$valid"

# 2. The behaviour, against the base. A base without the spec has nothing to compare with.
text=""
exposed=0
if [ -n "${GITHUB_BASE_REF:-}" ] && git fetch --quiet --depth 1 origin "+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF"; then
  behaviour=$(confgen diff --rev "origin/$GITHUB_BASE_REF" "$spec" --format markdown --fail-on "${CONFGEN_FAIL_ON:-never}" --color never)
  status=$?
  case $status in
    0 | 3) text=$behaviour$'\n' ;;
    *) echo "::notice::$spec can't be compared with $GITHUB_BASE_REF" ;;
  esac
  [ "$status" != 3 ] || exposed=3
fi

# 3. The generated files.
current=0
if [ -n "${CONFGEN_OUTPUT:-}" ]; then
  files=$(confgen build "$spec" ${targets[@]+"${targets[@]}"} -o "$CONFGEN_OUTPUT" --diff --quiet --color never)
  confgen build "$spec" ${targets[@]+"${targets[@]}"} ${options[@]+"${options[@]}"} -o "$CONFGEN_OUTPUT" --check --format github
  current=$?
  # A fence longer than any in the difference.
  [ -z "$files" ] || text+=$(printf '\nThe spec `%s` compiles to other files than those in `%s`:\n\n`````diff\n%s\n`````\n' "$spec" "$CONFGEN_OUTPUT" "${files:0:40000}")
fi

if [ -n "$text" ]; then
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || printf '%s\n' "$text" >> "$GITHUB_STEP_SUMMARY"
  if [ "${CONFGEN_COMMENT:-true}" = true ] && [ -n "${CONFGEN_PULL_REQUEST:-}" ]; then
    printf '%s\n' "${text:0:60000}" | gh pr comment "$CONFGEN_PULL_REQUEST" --repo "$GITHUB_REPOSITORY" --edit-last --create-if-none --body-file - \
      || echo "::warning::the comment could not be written: the token needs the permission pull-requests: write"
  fi
fi

[ "$current" = 0 ] || exit "$current"
exit "$exposed"
