-- Keeps a value if its version is greater than that of the stored value, and tells the followers. A value of a newer format
-- is never replaced.
-- KEYS: the value, then a key for each duration.
-- ARGV: version (40 digits), words and members, milliseconds to keep it (0 = without end), channel, name in messages, format,
-- a duration in milliseconds for each key.
-- Answers with the value stored afterwards: the remaining milliseconds of each duration, then the value.
-- A value of another type or form under our key counts as absent.
local held = text(KEYS[1])
local known = held and version(held, ARGV[6])

local accepted = not known or (known < ARGV[1] and not newer(held, ARGV[6]))
if accepted then
  local present = now()
  local ends, lengths = {}, {}
  for i = 2, #KEYS do
    local length = tonumber(ARGV[i + 5])
    lengths[i - 1] = ARGV[i + 5]
    ends[i - 1] = string.format('%.0f', length > 0 and math.min(present + length, FARTHEST) or 0)
  end
  held = ARGV[1] .. ' ' .. ARGV[2] .. ' ends=' .. table.concat(ends, ',') .. ' lengths=' .. table.concat(lengths, ',')
  redis.call('SET', KEYS[1], held)
  if ARGV[3] ~= '0' then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
  end
  -- Instances of the first format read these.
  for i = 2, #KEYS do
    if ARGV[i + 5] == '0' then
      redis.call('DEL', KEYS[i])
    else
      redis.call('SET', KEYS[i], '', 'PX', ARGV[i + 5])
    end
  end
end

local answer = remaining(held) .. held
if accepted then
  redis.call('PUBLISH', ARGV[4], ARGV[5] .. ' ' .. answer)
end
return answer
