-- Lists messages of a range from either end, up to a number of messages or bytes.
--
-- KEYS[1]  info         hash
-- KEYS[2]  messages     stream
-- ARGV[1]  incarnation  of the expected group
-- ARGV[2]  from         lowest id
-- ARGV[3]  upto         highest id
-- ARGV[4]  newest       1 to start at the highest id, else 0
-- ARGV[5]  limit        most messages
-- ARGV[6]  bytes        about the most bytes in JSON; the first message may exceed it
--
-- Returns {'OK', first_id, id, sender, sent_at, text, policy when it was sent, id, …} in the order of the list
--         | {'NO_GROUP'}
local info, messages = KEYS[1], KEYS[2]
local incarnation, from, upto, newest = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local limit, bytes = tonumber(ARGV[5]), tonumber(ARGV[6])
local step, frame = 50, 300

local state = redis.call('HMGET', info, 'incarnation', 'first_id')
if state[1] ~= incarnation then
  return {'NO_GROUP'}
end

local reply, size, count = {'OK', state[2]}, 0, 0
while count < limit and from <= upto do
  local most = math.min(step, limit - count)
  local first, last = string.format('%.0f-0', from), string.format('%.0f-0', upto)
  local entries = newest and redis.call('XREVRANGE', messages, last, first, 'COUNT', most)
    or redis.call('XRANGE', messages, first, last, 'COUNT', most)
  if #entries == 0 then
    return reply
  end
  for _, entry in ipairs(entries) do
    local id, fields = string.match(entry[1], '^%d+'), entry[2]
    local _, escapes = string.gsub(fields[6], '[%c"\\]', '%0')
    size = size + frame + #fields[6] + 5 * escapes
    if count > 0 and size > bytes then
      return reply
    end
    local at = #reply
    reply[at + 1], reply[at + 2], reply[at + 3], reply[at + 4], reply[at + 5] = id, fields[2], fields[4], fields[6], fields[8]
    count = count + 1
    if newest then upto = tonumber(id) - 1 else from = tonumber(id) + 1 end
  end
end
return reply
