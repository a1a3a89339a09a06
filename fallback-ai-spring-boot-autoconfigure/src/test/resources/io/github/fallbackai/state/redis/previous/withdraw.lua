-- Takes a vote back.
-- KEYS: the votes. ARGV: voter.
if redis.call('TYPE', KEYS[1]).ok == 'zset' then
  redis.call('ZREM', KEYS[1], ARGV[1])
end
return ''
