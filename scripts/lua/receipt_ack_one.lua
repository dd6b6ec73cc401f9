-- Removes a member from the unread set of one message, stores the read time and publishes the read for the sender. The
-- cursor stays. Where the unread set is missing although the cursor says that the member has not read the message, the
-- cursor decides.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  ordinals  hash, uid -> ordinal
-- KEYS[4]  receipts  stream
-- KEYS[5]  reads     stream
-- KEYS[6]  heard     hash, uid -> number of the newest read of a message that it sent
-- KEYS[7]  spells    hash, ordinal -> "uid after"
-- KEYS[8]  read_one  sorted set, id -> "id:ordinal:time"
-- KEYS[9]  rebuilt   set of ordinals: the unread set that receipt_restore is building
-- ARGV[1]  now       ms
-- ARGV[2]  member    uid
-- ARGV[3]  id        message id
-- ARGV[4]  kept      about how many reads to keep
-- ARGV[5]  unread    prefix of the unread sets, takes an id
-- ARGV[6]  channel   of the wakes
-- ARGV[7]  group     gid, for the wake
--
-- Returns {'OK', 1 if the unread set was missing, else 0} | {'NOT_MEMBER'} | {'NO_MESSAGE'}
-- Emits   read
local info, acks, ordinals, receipts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local reads, heard, spells, read_one, rebuilt = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now, member, id, kept = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local unread, channel, group = ARGV[5], ARGV[6], ARGV[7]

local last_ack = redis.call('HGET', acks, member)
if not last_ack then
  return {'NOT_MEMBER'}
end
local state = redis.call('HMGET', info, 'last_id', 'first_id', 'last_read', 'clock', 'receipts', 'restoring')
if tonumber(id) > tonumber(state[1]) or tonumber(id) < tonumber(state[2]) then
  return {'NO_MESSAGE'}
end
local ordinal = redis.call('HGET', ordinals, member)
local receipt = ordinal and redis.call('XRANGE', receipts, id .. '-0', id .. '-0')[1]
if not receipt then
  return {'OK', 0}
end
local sender, recipients, missing = receipt[2][2], receipt[2][6], 0
if redis.call('SREM', unread .. id, ordinal) == 0 then
  local after = string.match(redis.call('HGET', spells, ordinal), ' (%d+)$')
  if tonumber(id) <= math.max(tonumber(last_ack), tonumber(after)) or sender == member or recipients == 'off'
    or recipients == '0' or redis.call('EXISTS', unread .. id) == 1 or acked_alone(read_one, id, ordinal) then
    return {'OK', 0}
  end
  missing = 1
  if string.match(state[6] or '', '^%d+') == id then
    redis.call('SREM', rebuilt, ordinal)
  end
end

local read, clock = tonumber(state[3]) + 1, tonumber(state[4])
local at = string.format('%.0f', clock - now > 60000 and now or math.max(now, clock))
redis.call('HSET', info, 'clock', string.format('%.0f', math.max(now, clock)), 'last_read', read)
redis.call('ZADD', read_one, id, id .. ':' .. ordinal .. ':' .. at)
redis.call('XADD', reads, 'MAXLEN', '~', kept, read .. '-0', 'reader', member, 'from', id, 'upto', id,
  'at', at, 'senders', sender)
redis.call('HSET', heard, sender, read)
local concerned = state[5] == 'members' and '*' or sender
publish(info, channel, 'read ' .. group .. ' ' .. member .. ' ' .. concerned)
return {'OK', missing}
