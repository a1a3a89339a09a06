-- Notes how many places each contributor holds now. They are forgotten by the clock of this server.
-- KEYS: the places by contributor, each with the moment until which they count. ARGV: contributor, places, milliseconds.
-- Answers with the places of all contributors. A value of another type or form under our key counts as absent.
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then
  redis.call('DEL', KEYS[1])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- Nothing counts for longer than a minute from now, because the clock may have been ahead when it was noted.
local latest = now + math.max(tonumber(ARGV[3]), 60000)
if tonumber(ARGV[2]) > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now + ARGV[3]))
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end

local all = redis.call('HGETALL', KEYS[1])
local held = 0
for field = 1, #all, 2 do
  local places, limit = string.match(all[field + 1], '^(%d%d?%d?%d?%d?%d?%d?%d?%d?%d?) (%d+)$')
  if places and tonumber(limit) > now and tonumber(limit) <= latest then
    held = held + tonumber(places)
  else
    redis.call('HDEL', KEYS[1], all[field])
  end
end
return string.format('%.0f', held)
