-- Tries what the other scripts do: write and publish.
-- KEYS: a key of no importance. ARGV: milliseconds, channel.
redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
redis.call('PUBLISH', ARGV[2], '')
return ''
