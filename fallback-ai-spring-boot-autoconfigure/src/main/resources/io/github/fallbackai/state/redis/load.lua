-- Answers with the stored value: the remaining milliseconds of each duration, then the value; with an empty answer if there
-- is none.
-- KEYS: the value, then a key for each duration.
local held = text(KEYS[1])
if not held then
  return ''
end
return remaining(held) .. held
