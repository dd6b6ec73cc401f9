-- Lists the reads after a position that a user may see: of messages the user sent, or of all messages under the policy
-- "members". It leaves out the user's own reads.
--
-- KEYS[1]  info         hash
-- KEYS[2]  reads        stream
-- ARGV[1]  incarnation  of the expected group
-- ARGV[2]  user         uid
-- ARGV[3]  after        number of a read
-- ARGV[4]  most         reads to look at in this call
--
-- Returns {'OK', upto, more, gap, reader, from, upto, at, reader, …} | {'NO_GROUP'}
--         the first upto is the number of the last read looked at; more is 1 if there are more, else 0; gap is 1 if
--         some after the position were deleted, else 0
local info, reads = KEYS[1], KEYS[2]
local incarnation, user, after, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local state = redis.call('HMGET', info, 'incarnation', 'receipts', 'last_read')
if state[1] ~= incarnation then
  return {'NO_GROUP'}
end
local all, last = state[2] == 'members', tonumber(state[3])
local entries = redis.call('XRANGE', reads, (after + 1) .. '-0', '+', 'COUNT', most)
local gap = after < last and (#entries == 0 or tonumber(string.match(entries[1][1], '^%d+')) > after + 1)
local upto = #entries > 0 and string.match(entries[#entries][1], '^%d+') or state[3]
local reply = {'OK', upto, tonumber(upto) < last and 1 or 0, gap and 1 or 0}
local wanted = ',' .. user .. ','
for _, entry in ipairs(entries) do
  local fields = entry[2]
  local concerns = all or string.find(',' .. fields[10] .. ',', wanted, 1, true)
  if concerns and fields[2] ~= user then
    local size = #reply
    reply[size + 1], reply[size + 2], reply[size + 3], reply[size + 4] = fields[2], fields[4], fields[6], fields[8]
  end
end
return reply
