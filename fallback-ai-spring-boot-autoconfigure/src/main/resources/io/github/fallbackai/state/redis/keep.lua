-- Keeps a text of an owner, and forgets the owner's oldest ones if they are too many, too large or too old.
-- KEYS: the texts, their sizes, when they go by the clock of this server.
-- ARGV: id, text, its size, milliseconds to keep it, most texts, most bytes of all.
-- The three belong together. If one was evicted, the others would count texts that nothing finds, or miss some.
for number, kind in ipairs({'hash', 'hash', 'zset'}) do
  if redis.call('TYPE', KEYS[number]).ok ~= kind then
    redis.call('DEL', unpack(KEYS))
    break
  end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function forget(id)
  redis.call('HDEL', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  redis.call('ZREM', KEYS[3], id)
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', string.format('%.0f', now))) do
  forget(id)
end
-- No text stays for longer than this one, because the clock may have been ahead when it was kept. It is older.
local latest = string.format('%.0f', now + ARGV[4] - 1)
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. latest, '+inf')) do
  redis.call('ZADD', KEYS[3], latest, id)
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('ZADD', KEYS[3], string.format('%.0f', now + ARGV[4]), ARGV[1])

local bytes = 0
for _, size in ipairs(redis.call('HVALS', KEYS[2])) do
  bytes = bytes + (tonumber(size) or 0)
end
while redis.call('ZCARD', KEYS[3]) > tonumber(ARGV[5]) or bytes > tonumber(ARGV[6]) do
  local oldest = redis.call('ZRANGE', KEYS[3], 0, 0)[1]
  if not oldest then
    break
  end
  bytes = bytes - (tonumber(redis.call('HGET', KEYS[2], oldest)) or 0)
  forget(oldest)
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[4])
end
return ''
