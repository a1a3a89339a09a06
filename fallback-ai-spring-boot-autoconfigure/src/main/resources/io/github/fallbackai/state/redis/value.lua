-- Values of states and decisions, for the scripts that begin with this text.
-- A value is a version (40 digits), words, and members of the form name=value, separated by spaces. The member `ends` holds
-- moments in milliseconds by the clock of this server, 0 for none. They are in the value, because a server that needs
-- memory may evict any key. Nothing lasts longer than the member `lengths` says, because the clock may have been ahead once.
-- A value of the first format has no `ends`. Then keys that expire say how long it lasts.
-- The member `format` is the least format that a reader must know. Whatever the format, a value begins with its version.
local GREATEST_EPOCH = '18446744073709551615'
local LONGEST_LINE = '00009007199254740992'
local LONGEST = 65535
local FARTHEST = 9e15

-- The text under a key; nil if there is none, if it has another type, or if it is too long to be ours.
local function text(key)
  local held = redis.pcall('GETRANGE', key, 0, LONGEST)
  if type(held) == 'string' and held ~= '' and #held <= LONGEST then
    return held
  end
  return nil
end

-- Whether a value has a format that is newer than the given one. Its version is all that is known about it.
local function newer(held, format)
  local written = string.match(held, ' format=(%d+)')
  return written ~= nil and tonumber(written) > tonumber(format)
end

-- The version of a value; nil if the text is not a value.
local function version(held, format)
  local digits = string.match(held, newer(held, format) and '^(%d+) ' or '^(%d+) %l[%l-]* %d+ ')
  if digits and #digits == 40 and string.sub(digits, 1, 20) <= GREATEST_EPOCH
      and string.sub(digits, 21) <= LONGEST_LINE then
    return digits
  end
  return nil
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The milliseconds that remain of each duration of a value, each followed by a space.
-- KEYS: the value, then a key for each duration.
local function remaining(held)
  local ends = string.match(held, ' ends=([%d,]*)')
  local following = ends and string.gmatch(ends, '%d+')
  local longest = string.gmatch(string.match(held, ' lengths=([%d,]*)') or '', '%d+')
  local present = ends and now()
  local answer = ''
  for i = 2, #KEYS do
    local left
    if ends then
      left = math.min(tonumber(following() or '0') - present, tonumber(longest() or FARTHEST))
    else
      left = redis.call('PTTL', KEYS[i])
    end
    answer = answer .. string.format('%.0f ', math.max(0, left))
  end
  return answer
end
