-- Keeps the greatest amount that each contributor has reported for a period.
-- KEYS: the amounts by contributor. ARGV: contributor, amount (19 digits), milliseconds to keep them.
-- Answers with the sum of all contributors: its billions and what is left, which may be more than a billion.
-- A value of another type or form under our key counts as absent.
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  redis.call('DEL', KEYS[1])
end
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and (#held ~= 19 or not string.match(held, '^[0-8]%d+$')) then
  held = nil
end
if tonumber(ARGV[2]) > 0 and (not held or held < ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end

-- The numbers of Lua are too small for an amount, so both halves of the digits are added up. Values of another form count
-- as none.
local high, low = 0, 0
for _, amount in ipairs(redis.call('HVALS', KEYS[1])) do
  if #amount == 19 and string.match(amount, '^[0-8]%d+$') then
    high = high + tonumber(string.sub(amount, 1, 10))
    low = low + tonumber(string.sub(amount, 11))
  end
end
return string.format('%.0f %.0f', high, low)
