-- Keeps a value if its version is greater than that of the stored value, and tells the followers.
-- KEYS: the value, then a timer for each duration that goes with it.
-- ARGV: version (40 digits), text, milliseconds to keep it (0 = without end), channel, name in messages, a duration in
-- milliseconds for each timer.
-- Answers with the value stored afterwards: the remaining milliseconds of each timer, version and text, separated by spaces.
-- A value of another type or form under our key counts as absent.
local held = redis.pcall('GET', KEYS[1])
local version = type(held) == 'string' and string.match(held, '^(%d+) %l[%l-]* %d+ ')
local most = '18446744073709551615'
if not version or #version ~= 40 or string.sub(version, 1, 20) > most or string.sub(version, 21) > most then
  held = nil
end

local accepted = not held or version < ARGV[1]
if accepted then
  held = ARGV[1] .. ' ' .. ARGV[2]
  redis.call('SET', KEYS[1], held)
  if ARGV[3] ~= '0' then
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
  end
  for i = 2, #KEYS do
    if ARGV[i + 4] == '0' then
      redis.call('DEL', KEYS[i])
    else
      redis.call('SET', KEYS[i], '', 'PX', ARGV[i + 4])
    end
  end
end

local answer = ''
for i = 2, #KEYS do
  answer = answer .. string.format('%.0f ', math.max(0, redis.call('PTTL', KEYS[i])))
end
answer = answer .. held
if accepted then
  redis.call('PUBLISH', ARGV[4], ARGV[5] .. ' ' .. answer)
end
return answer
