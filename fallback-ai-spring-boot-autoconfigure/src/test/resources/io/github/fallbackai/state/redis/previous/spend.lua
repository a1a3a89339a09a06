-- Keeps the greatest amount that each contributor has reported for a period.
-- KEYS: the amounts by contributor. ARGV: contributor, amount (19 digits), milliseconds to keep them.
-- Answers with a dash and the amounts of all contributors, separated by spaces. The numbers of Lua are too small
-- to add them up here. A value of another type or form under our key counts as absent.
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  redis.call('DEL', KEYS[1])
end
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and not string.match(held, '^%d+$') then
  held = nil
end
if tonumber(ARGV[2]) > 0 and (not held or held < ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return '- ' .. table.concat(redis.call('HVALS', KEYS[1]), ' ')
