-- Finds a text of an owner that has not gone.
-- KEYS: the texts, their sizes, when they go by the clock of this server. ARGV: id, get or remove, most bytes.
-- Answers with = and the text, or with a dash.
for number, kind in ipairs({'hash', 'hash', 'zset'}) do
  if redis.call('TYPE', KEYS[number]).ok ~= kind then
    return '-'
  end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit = redis.call('ZSCORE', KEYS[3], ARGV[1])
if redis.call('HSTRLEN', KEYS[1], ARGV[1]) > tonumber(ARGV[3]) then
  return '-'
end
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not limit or not text or tonumber(limit) <= now then
  return '-'
end
if ARGV[2] == 'remove' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
end
return '=' .. text
