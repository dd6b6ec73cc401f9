-- Restores the unread set of a message in bounded steps: it is missing, although a recipient has not read the message.
-- Each step looks at some receipt periods, and the last ones at the acks of the message alone. The set is built under
-- another name until it is whole. Whoever acks or leaves meanwhile is removed from that one, too, and nobody becomes a
-- recipient of a message after it was sent. A group restores one set at a time: a step goes on with the one that is
-- begun, whoever began it. The member 0, which no period has as its ordinal, shows that the set that is built is not
-- lost as well.
--
-- KEYS[1]  info      hash; its field restoring is "id ordinal acks": the message, the next period, acks looked at
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  receipts  stream
-- KEYS[4]  spells    hash, ordinal -> "uid after" and after its end "uid after last_ack last_id"
-- KEYS[5]  leaving   hash, ordinal -> "next upto"
-- KEYS[6]  read_one  sorted set, id -> "id:ordinal:time"
-- KEYS[7]  rebuilt   set of ordinals, as far as it is built
-- ARGV[1]  unread    prefix of the unread sets, takes an id
-- ARGV[2]  id        of the message
-- ARGV[3]  most      periods, and acks, in this call
--
-- Returns {'OK', more, found} | {'NO_GROUP'}
--         more is 1 if the set is not restored yet, else 0; found is 1 if the message has a set now, else 0
local info, acks, receipts, spells, leaving = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local read_one, rebuilt = KEYS[6], KEYS[7]
local unread, id, most = ARGV[1], ARGV[2], tonumber(ARGV[3])

local state = redis.call('HMGET', info, 'incarnation', 'deleting', 'restoring', 'last_ordinal')
if not state[1] or state[2] then
  return {'NO_GROUP'}
end
local current, next_ordinal, looked_at = string.match(state[3] or '', '^(%d+) (%d+) (%d+)$')
if not current or redis.call('SISMEMBER', rebuilt, 0) == 0 then
  current, next_ordinal, looked_at = id, 1, 0
  redis.call('UNLINK', rebuilt)
  redis.call('SADD', rebuilt, 0)
end
local entry = redis.call('EXISTS', unread .. current) == 0
  and redis.call('XRANGE', receipts, current .. '-0', current .. '-0')[1]
local sender, number, last = entry and entry[2][2], tonumber(current), tonumber(state[4])
local owes = function (ordinal)
  local user, after, ended = string.match(redis.call('HGET', spells, ordinal) or '', '^(%S+) (%d+)(.*)$')
  if not user or user == sender or tonumber(after) >= number then
    return false
  end
  if ended == '' then
    return tonumber(redis.call('HGET', acks, user) or number) < number
  end
  local from, upto = string.match(redis.call('HGET', leaving, ordinal) or '', '^(%d+) (%d+)$')
  return from and tonumber(from) <= number and number <= tonumber(upto)
end

local acked = {}
if entry and entry[2][6] ~= 'off' and entry[2][6] ~= '0' then
  local stop = math.min(last, next_ordinal + most - 1)
  for ordinal = next_ordinal, stop do
    if owes(ordinal) then
      redis.call('SADD', rebuilt, ordinal)
    end
  end
  if stop == last then
    acked = redis.call('ZRANGEBYSCORE', read_one, current, current, 'LIMIT', looked_at, most)
    for _, ack in ipairs(acked) do
      redis.call('SREM', rebuilt, string.match(ack, ':(%d+):'))
    end
  end
  if stop < last or #acked == most then
    redis.call('HSET', info, 'restoring', current .. ' ' .. stop + 1 .. ' ' .. looked_at + #acked)
    return {'OK', 1, 0}
  end
  redis.call('SREM', rebuilt, 0)
  if redis.call('EXISTS', rebuilt) == 1 then
    redis.call('RENAME', rebuilt, unread .. current)
  end
end
redis.call('UNLINK', rebuilt)
redis.call('HDEL', info, 'restoring')
return {'OK', current ~= id and 1 or 0, redis.call('EXISTS', unread .. id)}
