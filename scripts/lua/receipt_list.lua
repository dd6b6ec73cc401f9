-- Reads the receipts of one message: the counts, and the data that names who has read it and who has not. The acks of
-- the message alone may be many, so they are only counted. They can be read in pages afterwards, because all of them
-- are deleted at once.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  receipts  stream
-- KEYS[4]  left      hash, id -> how many recipients left it unread
-- KEYS[5]  leaving   hash, ordinal -> "next upto"
-- KEYS[6]  spells    hash, ordinal -> "uid after" and after its end "uid after last_ack last_id"
-- KEYS[7]  read_one  sorted set, id -> "id:ordinal:time"
-- ARGV[1]  member    uid
-- ARGV[2]  id        message id
-- ARGV[3]  unread    prefix of the unread sets, takes an id
-- ARGV[4]  lists     1 to return the lists too, else 0
-- ARGV[5]  most      periods in the answer; if the group has more, they are left out
--
-- Returns {'OK', incarnation, archived_upto, sees_all}, and if the receipts are not archived also sender,
--         sent_at, recipients, unread, hidden or '', and with lists also {ordinals of the periods that have not read
--         it}, how many single acks this message has, last_ordinal, spells_ended, {ordinal, period, …}
--         | {'NOT_MEMBER'} | {'NO_MESSAGE'} | {'NO_RECEIPTS'} | {'NOT_SENDER'}
--         sees_all is 1 if the member may see the receipts of all messages, else 0
local info, acks, receipts, left = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local leaving, spells, read_one = KEYS[5], KEYS[6], KEYS[7]
local member, id, unread, lists, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4] == '1', tonumber(ARGV[5])

if redis.call('HEXISTS', acks, member) == 0 then
  return {'NOT_MEMBER'}
end
local state = redis.call('HMGET', info, 'incarnation', 'archived_upto', 'receipts', 'last_ordinal', 'spells_ended')
local all = state[3] == 'members'
local reply = {'OK', state[1], state[2], all and 1 or 0}
local number = tonumber(id)
if number > 0 and number <= tonumber(state[2]) then
  return reply
end
local entry = redis.call('XRANGE', receipts, id .. '-0', id .. '-0')[1]
if not entry then
  return {'NO_MESSAGE'}
end
local sender, sent_at, recipients = entry[2][2], entry[2][4], entry[2][6]
if recipients == 'off' then
  return {'NO_RECEIPTS'}
end
if sender ~= member and not all then
  return {'NOT_SENDER'}
end

local gone = 0
for _, ordinal in ipairs(redis.call('HKEYS', leaving)) do
  gone = gone + redis.call('SISMEMBER', unread .. id, ordinal)
end
local owed = tonumber(recipients) - tonumber(redis.call('HGET', left, id) or 0) - gone
reply[5], reply[6], reply[7], reply[8] = sender, sent_at, owed, redis.call('SCARD', unread .. id) - gone
reply[9] = entry[2][8] or ''
if lists then
  reply[10] = redis.call('SMEMBERS', unread .. id)
  reply[11] = redis.call('ZCOUNT', read_one, id, id)
  reply[12], reply[13] = state[4], state[5]
  if redis.call('HLEN', spells) <= most then
    reply[14] = redis.call('HGETALL', spells)
  end
end
return reply
