-- Lists the nudges after a position that are about messages the user has not read. Each message has only its newest
-- nudge.
--
-- KEYS[1]  info         hash
-- KEYS[2]  ordinals     hash, uid -> ordinal
-- KEYS[3]  nudges       sorted set, n -> message id
-- KEYS[4]  nudged       hash, message id -> "time uid" of its newest nudge
-- ARGV[1]  incarnation  of the expected group
-- ARGV[2]  user         uid
-- ARGV[3]  after        the position
-- ARGV[4]  most         nudges to look at in this call
-- ARGV[5]  unread       prefix of the unread sets, takes an id
--
-- Returns {'OK', upto, more, id, "time uid", id, …} | {'NO_GROUP'}
--         upto is the position after them; more is 1 if there are more, else 0
local info, ordinals, nudges, nudged = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local incarnation, user, after, most, unread = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]

local state = redis.call('HMGET', info, 'incarnation', 'last_nudge', 'deleting')
if state[1] ~= incarnation or state[3] then
  return {'NO_GROUP'}
end
local entries = redis.call('ZRANGEBYSCORE', nudges, '(' .. after, '+inf', 'WITHSCORES', 'LIMIT', 0, most)
local full = #entries == 2 * most
local reply = {'OK', full and entries[#entries] or state[2], full and 1 or 0}
local ordinal = redis.call('HGET', ordinals, user)
for i = 1, ordinal and #entries or 0, 2 do
  local id = entries[i]
  if redis.call('SISMEMBER', unread .. id, ordinal) == 1 then
    reply[#reply + 1] = id
    reply[#reply + 1] = redis.call('HGET', nudged, id)
  end
end
return reply
