-- Reads a group as one user sees it.
--
-- KEYS[1]  info     hash
-- KEYS[2]  acks     hash, uid -> last_ack
-- KEYS[3]  members  hash, uid -> "joined_at joined_after joined_after_read"
-- KEYS[4]  heard    hash, uid -> number of the newest read of a message that it sent
-- ARGV[1]  user     uid
--
-- Returns {'OK', incarnation, seq, name, owner, created_at, receipts, first_id, last_id, last_read, last_nudge,
--         members}
--         and for a member also last_ack, joined_after, joined_after_read, newest read of its messages | {'NO_GROUP'}
local info, acks, members, heard = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local user = ARGV[1]

local state = redis.call('HMGET', info, 'deleting', 'incarnation', 'seq', 'name', 'owner', 'created_at', 'receipts',
  'first_id', 'last_id', 'last_read', 'last_nudge')
if not state[2] or state[1] then
  return {'NO_GROUP'}
end
state[1], state[3] = 'OK', state[3] or 0
state[#state + 1] = redis.call('HLEN', acks)
local last_ack = redis.call('HGET', acks, user)
if last_ack then
  local joined_after, joined_after_read = string.match(redis.call('HGET', members, user), ' (%d+) (%d+)$')
  local size = #state
  state[size + 1], state[size + 2], state[size + 3] = last_ack, joined_after, joined_after_read
  state[size + 4] = redis.call('HGET', heard, user) or '0'
end
return state
