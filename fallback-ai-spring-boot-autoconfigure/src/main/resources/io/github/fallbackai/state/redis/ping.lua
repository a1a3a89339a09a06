-- Tries the same as the other scripts: to write and to publish.
-- KEYS: any key. ARGV: milliseconds, channel.
redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
redis.call('PUBLISH', ARGV[2], '')
return ''
