-- Gives the sole right to probe after an opening to the first instance that asks, and prolongs it for the holder.
-- KEYS: the state, the lease, a mark that another instance asked and did not get it.
-- ARGV: version of the opening (40 digits), holder, milliseconds.
-- Answers with 1 or 0 for held or not, the remaining milliseconds, and 1 or 0 for contested or not.
local state = redis.pcall('GET', KEYS[1])
local version = type(state) == 'string' and string.match(state, '^(%d+) %l[%l-]* %d+ ')
local most = '18446744073709551615'
local known = version and #version == 40 and string.sub(version, 1, 20) <= most and string.sub(version, 21) <= most
if known and version ~= ARGV[1] then
  return '0 0 0'
end

local mine = ARGV[1] .. ' ' .. ARGV[2]
local lease = redis.pcall('GET', KEYS[2])
if type(lease) == 'string' and lease ~= mine and string.sub(lease, 1, 41) == ARGV[1] .. ' ' then
  local remaining = redis.call('PTTL', KEYS[2])
  if remaining > 0 then
    redis.call('SET', KEYS[3], '', 'PX', ARGV[3])
    return '0 ' .. remaining .. ' 1'
  end
end
local contested = redis.call('DEL', KEYS[3])
redis.call('SET', KEYS[2], mine, 'PX', ARGV[3])
return '1 ' .. ARGV[3] .. ' ' .. contested
