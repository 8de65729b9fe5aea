#!/usr/bin/env bash
# Package: node 24.21.0 (npm), with the ICU that it brings (its version is printed).
#
# Behaviour: `Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' })` groups by lakh and crore. With
# `currencySign: 'accounting'`, which only changes how negative amounts look, it groups by thousands.
#
# Output seen:
#   ICU 78.3
#   standard:   ₹12,34,567.50
#   accounting: ₹1,234,567.50
#   accounting, negative: (₹1,234,567.50)
#
# Why it matters: a statement that shows refunds in brackets changes the grouping of every amount beside them. People
# who read lakhs misread ₹1,234,567 by a digit. Use the standard sign and write the brackets yourself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . node@24.21.0 >/dev/null
cat >probe.mjs <<'JS'
const rupees = (amount, options) =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR', ...options }).format(amount);
const standard = rupees(1234567.5);
const accounting = rupees(1234567.5, { currencySign: 'accounting' });
const negative = rupees(-1234567.5, { currencySign: 'accounting' });
console.log(`ICU ${process.versions.icu}`);
console.log(`standard:   ${standard}`);
console.log(`accounting: ${accounting}`);
console.log(`accounting, negative: ${negative}`);
const asSeen = standard === '₹12,34,567.50' && accounting === '₹1,234,567.50' && negative === '(₹1,234,567.50)';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node_modules/.bin/node probe.mjs
