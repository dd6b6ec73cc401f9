-- Lists the next messages that may leave Redis: they are old enough, and their receipts are archived.
--
-- KEYS[1]  info      hash
-- KEYS[2]  messages  stream
-- KEYS[3]  sweep     string, token of the sweeper
-- ARGV[1]  token     of the sweeper
-- ARGV[2]  ttl       of the sweep, ms
-- ARGV[3]  due       ms: messages sent up to this time are due
-- ARGV[4]  most      messages in this call
-- ARGV[5]  bytes     about the most bytes of text; the first message may exceed it
--
-- Returns {'OK', id, sender, sent_at, text, id, …}, without messages if another sweeper holds the group | {'NO_GROUP'}
local info, messages, sweep = KEYS[1], KEYS[2], KEYS[3]
local token, ttl, due, most, bytes = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local state = redis.call('HMGET', info, 'first_id', 'archived_upto', 'sweeper', 'deleting', 'set_back_at', 'set_back_upto')
if not state[1] or state[4] then
  return {'NO_GROUP'}
end
local reply = {'OK'}
if state[3] ~= token then
  return reply
end
redis.call('PEXPIRE', sweep, ttl)
local from, set_back_at, set_back_upto = tonumber(state[1]), tonumber(state[5] or 0), tonumber(state[6] or 0)
while most > 0 and from <= tonumber(state[2]) and bytes > 0 do
  local entries = redis.call('XRANGE', messages, string.format('%.0f-0', from), state[2] .. '-0', 'COUNT', math.min(most, 20))
  for _, entry in ipairs(entries) do
    local id, fields, at = string.match(entry[1], '^%d+'), entry[2], #reply
    local sent_at = tonumber(id) <= set_back_upto and math.min(tonumber(fields[4]), set_back_at) or tonumber(fields[4])
    if sent_at > due or bytes <= 0 then
      return reply
    end
    reply[at + 1], reply[at + 2], reply[at + 3], reply[at + 4] = id, fields[2], fields[4], fields[6]
    bytes = bytes - #fields[6]
  end
  most, from = most - #entries, from + #entries
end
return reply
