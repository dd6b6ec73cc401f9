-- Counts the receipts of those messages in a range that a member may see, and says which receipts are archived.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  receipts  stream
-- KEYS[4]  left      hash, id -> how many recipients left it unread
-- KEYS[5]  leaving   hash, ordinal -> "next upto"
-- ARGV[1]  member    uid
-- ARGV[2]  from      lowest id
-- ARGV[3]  upto      highest id
-- ARGV[4]  unread    prefix of the unread sets, takes an id
--
-- Returns {'OK', incarnation, archived_upto, sees_all, id, recipients, unread, hidden or '', id, …} | {'NOT_MEMBER'}
--         sees_all is 1 if the member may see the receipts of all messages, else 0
local info, acks, receipts, left, leaving = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local member, from, upto, unread = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('HEXISTS', acks, member) == 0 then
  return {'NOT_MEMBER'}
end
local state = redis.call('HMGET', info, 'incarnation', 'archived_upto', 'receipts')
local all = state[3] == 'members'
local leavers = redis.call('HKEYS', leaving)
local reply = {'OK', state[1], state[2], all and 1 or 0}
for _, entry in ipairs(redis.call('XRANGE', receipts, from .. '-0', upto .. '-0')) do
  local id, sender, recipients = string.match(entry[1], '^%d+'), entry[2][2], entry[2][6]
  if recipients ~= 'off' and (all or sender == member) then
    local gone = 0
    for _, ordinal in ipairs(leavers) do
      gone = gone + redis.call('SISMEMBER', unread .. id, ordinal)
    end
    local size = #reply
    reply[size + 1] = id
    reply[size + 2] = tonumber(recipients) - tonumber(redis.call('HGET', left, id) or 0) - gone
    reply[size + 3] = redis.call('SCARD', unread .. id) - gone
    reply[size + 4] = entry[2][8] or ''
  end
end
return reply
