# Reads the files of the case, whose fields stand one on a line, and writes a row of the table in field_access.cpp for each.
$1 == "message" { type = "canonical::" $2 }
$1 == "optional" || $1 == "repeated" {
  name = $3
  if (name == "case" || name == "template") name = name "_"  # words of C++: protobuf's own code writes them so
  look = "&" type "::" name
  change = "&" type "::mutable_" name
  has = "&" type "::has_" name
  if ($1 == "repeated" && $2 == "string") how = "kTexts<" type ", " look ", " change ">"
  else if ($1 == "repeated") how = "kGroups<" type ", canonical::" $2 ", " look ", " change ">"
  else if ($2 == "string") how = "kText<" type ", " has ", " look ", " change ">"
  else if ($2 == "bool" || $2 ~ /^int/) how = "kNumber<" type ", " has ">"
  else how = "kGroup<" type ", " has ", " look ", " change ">"
  print "{&" type "::descriptor, \"" $3 "\", &" how "},"
}
