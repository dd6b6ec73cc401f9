-- Moves the cursor of a member forward and removes the member from the unread sets of the messages it passes. Stores
-- the read time, and publishes the read for the senders. One call passes a bounded number of messages, fewer where it
-- has to look for acks of messages alone; the reply says where it stopped. Archived receipts do not change: for them
-- only the cursor moves. Where an unread set is missing although the cursor says that the member has not read the
-- message, the cursor decides.
--
-- KEYS[1]   info      hash
-- KEYS[2]   acks      hash, uid -> last_ack
-- KEYS[3]   ordinals  hash, uid -> ordinal
-- KEYS[4]   receipts  stream
-- KEYS[5]   reads     stream
-- KEYS[6]   heard     hash, uid -> number of the newest read of a message that it sent
-- KEYS[7]   spells    hash, ordinal -> "uid after"
-- KEYS[8]   read_one  sorted set, id -> "id:ordinal:time"
-- KEYS[9]   rebuilt   set of ordinals: the unread set that receipt_restore is building
-- ARGV[1]   now       ms
-- ARGV[2]   member    uid
-- ARGV[3]   upto      message id
-- ARGV[4]   most      messages in this call
-- ARGV[5]   kept      about how many reads to keep
-- ARGV[6]   unread    prefix of the unread sets, takes an id
-- ARGV[7]   read_at   prefix of the read times, takes an ordinal
-- ARGV[8]   channel   of the wakes
-- ARGV[9]   group     gid, for the wake
-- ARGV[10]  meant     incarnation of the group that the member means, or '' for any
--
-- Returns {'OK', last_ack before, last_ack, last_id, {ids of missing sets}} | {'NOT_MEMBER'} | {'BEYOND_LAST'}
-- Emits   read
local info, acks, ordinals, receipts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local reads, heard, spells, read_one, rebuilt = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now, member, upto, most, kept = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local unread, read_at, channel, group, meant = ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10]

local last_ack = tonumber(redis.call('HGET', acks, member) or -1)
if last_ack < 0 then
  return {'NOT_MEMBER'}
end
local state = redis.call('HMGET', info, 'last_id', 'last_read', 'clock', 'receipts', 'archived_upto', 'incarnation',
  'restoring')
local last_id, last_read, clock, policy = tonumber(state[1]), tonumber(state[2]), tonumber(state[3]), state[4]
if meant ~= '' and meant ~= state[6] then
  return {'NOT_MEMBER'}
end
local from = math.max(last_ack, tonumber(state[5])) + 1
if upto > last_id then
  return {'BEYOND_LAST'}
end
if upto <= last_ack then
  return {'OK', last_ack, last_ack, last_id, {}}
end

local stop, restoring = math.min(upto, last_ack + most), string.match(state[7] or '', '^%d+')
local ordinal, senders, known, missing, looks = redis.call('HGET', ordinals, member), {}, {}, {}, 0
local after = ordinal and tonumber(string.match(redis.call('HGET', spells, ordinal), ' (%d+)$'))
local is_missing = function (id, sender, recipients)
  if sender == member or tonumber(id) <= after or recipients == 'off' or recipients == '0'
    or redis.call('EXISTS', unread .. id) == 1 then
    return false
  end
  looks = looks + 1
  return not acked_alone(read_one, id, ordinal)
end
local entries = ordinal and redis.call('XRANGE', receipts, from .. '-0', stop .. '-0') or {}
for _, entry in ipairs(entries) do
  local id, sender = string.match(entry[1], '^%d+'), entry[2][2]
  local owed = redis.call('SREM', unread .. id, ordinal) == 1
  if not owed and is_missing(id, sender, entry[2][6]) then
    owed, missing[#missing + 1] = true, id
    if id == restoring then redis.call('SREM', rebuilt, ordinal) end
  end
  if owed and not known[sender] then
    known[sender] = true
    senders[#senders + 1] = sender
  end
  if looks == 50 then stop = tonumber(id); break end
end
redis.call('HSET', acks, member, stop)
if #senders > 0 then
  local at, read = string.format('%.0f', clock - now > 60000 and now or math.max(now, clock)), last_read + 1
  redis.call('HSET', info, 'clock', string.format('%.0f', math.max(now, clock)), 'last_read', read)
  redis.call('ZADD', read_at .. ordinal, stop, stop .. ':' .. at)
  redis.call('XADD', reads, 'MAXLEN', '~', kept, read .. '-0', 'reader', member, 'from', from, 'upto', stop,
    'at', at, 'senders', table.concat(senders, ','))
  for _, sender in ipairs(senders) do
    redis.call('HSET', heard, sender, read)
  end
  local concerned = policy == 'members' and '*' or table.concat(senders, ',')
  publish(info, channel, 'read ' .. group .. ' ' .. member .. ' ' .. concerned)
end
return {'OK', last_ack, stop, last_id, missing}
