-- Counts the instances that say an endpoint fails. Votes expire by the clock of this server.
-- KEYS: the votes. ARGV: voter, milliseconds.
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
  redis.call('DEL', KEYS[1])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
-- No vote counts for longer than an hour from now, because the clock may have been ahead when it was cast.
local longest = math.max(tonumber(ARGV[2]), 3600000)
local latest = string.format('%.0f', now + longest)
for _, voter in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. latest, '+inf')) do
  redis.call('ZADD', KEYS[1], latest, voter)
end
local remaining = redis.call('PTTL', KEYS[1])
if remaining < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
elseif remaining > longest then
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', longest))
end
return tostring(redis.call('ZCARD', KEYS[1]))
