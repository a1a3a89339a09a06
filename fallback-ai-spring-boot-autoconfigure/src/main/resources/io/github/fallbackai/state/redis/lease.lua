-- Gives the sole right to probe after an opening to the first instance that asks, and prolongs it for the holder.
-- KEYS: the state, the lease, a mark that another instance asked and did not get it.
-- ARGV: version of the opening (40 digits), holder, milliseconds, format.
-- Answers with 1 or 0 for held or not, the remaining milliseconds, and 1 or 0 for contested or not.
local state = text(KEYS[1])
local known = state and not newer(state, ARGV[4]) and version(state, ARGV[4])
if known and known ~= ARGV[1] then
  return '0 0 0'
end

local mine = ARGV[1] .. ' ' .. ARGV[2]
local lease = text(KEYS[2])
if lease and lease ~= mine and string.sub(lease, 1, 41) == ARGV[1] .. ' ' then
  local left = redis.call('PTTL', KEYS[2])
  if left > tonumber(ARGV[3]) then
    -- The clock of this server was ahead when the lease was given.
    redis.call('PEXPIRE', KEYS[2], ARGV[3])
    left = tonumber(ARGV[3])
  end
  if left > 0 then
    redis.call('SET', KEYS[3], '', 'PX', ARGV[3])
    return '0 ' .. left .. ' 1'
  end
end
local contested = redis.call('DEL', KEYS[3])
redis.call('SET', KEYS[2], mine, 'PX', ARGV[3])
return '1 ' .. ARGV[3] .. ' ' .. contested
