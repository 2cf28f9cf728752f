#!/usr/bin/env bash
# What the GitHub action does: (1) validate, (2) compare the generated files with the spec, (3) show the difference.
# Every input comes as a variable of the environment. The exit status is that of the first step that fails.
set -uo pipefail

spec=${CONFGEN_SPEC:-confgen.yaml}
targets=()
[ -z "${CONFGEN_TARGETS:-}" ] || targets=(-t "$CONFGEN_TARGETS")
options=()
[ "${CONFGEN_STRICT:-false}" != true ] || options+=(--strict)
[ -z "${CONFGEN_BASELINE:-}" ] || options+=(--baseline "$CONFGEN_BASELINE")

confgen validate "$spec" ${targets[@]+"${targets[@]}"} ${options[@]+"${options[@]}"} --format github
valid=$?
[ "$valid" = 0 ] || exit "$valid"
[ -n "${CONFGEN_OUTPUT:-}" ] || exit 0

diff=$(confgen build "$spec" ${targets[@]+"${targets[@]}"} -o "$CONFGEN_OUTPUT" --diff --quiet --color never)
confgen build "$spec" ${targets[@]+"${targets[@]}"} ${options[@]+"${options[@]}"} -o "$CONFGEN_OUTPUT" --check --format github
current=$?

if [ -n "$diff" ]; then
  # A fence longer than any in the difference.
  text=$(printf 'The spec `%s` compiles to other files than those in `%s`:\n\n`````diff\n%s\n`````\n' "$spec" "$CONFGEN_OUTPUT" "${diff:0:60000}")
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || printf '%s\n' "$text" >> "$GITHUB_STEP_SUMMARY"
  if [ "${CONFGEN_COMMENT:-true}" = true ] && [ -n "${CONFGEN_PULL_REQUEST:-}" ]; then
    printf '%s\n' "$text" | gh pr comment "$CONFGEN_PULL_REQUEST" --repo "$GITHUB_REPOSITORY" --edit-last --create-if-none --body-file - \
      || echo "::warning::the comment could not be written: the token needs the permission pull-requests: write"
  fi
fi

exit "$current"
