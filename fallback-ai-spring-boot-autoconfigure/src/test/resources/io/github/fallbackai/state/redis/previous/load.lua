-- Answers with the stored value: the remaining milliseconds of each timer, version and text, separated by spaces; with
-- an empty answer if there is none, or if it has another type.
-- KEYS: the value, then its timers.
local held = redis.pcall('GET', KEYS[1])
if type(held) ~= 'string' then
  return ''
end
local answer = ''
for i = 2, #KEYS do
  answer = answer .. string.format('%.0f ', math.max(0, redis.call('PTTL', KEYS[i])))
end
return answer .. held
