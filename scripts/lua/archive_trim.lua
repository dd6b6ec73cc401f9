-- Deletes data that archived receipts leave behind: the read times of the given receipt periods, those of these periods
-- that have ended and have no receipt outside the archive, and the oldest reads if they are about archived receipts
-- only.
--
-- KEYS[1]  info         hash
-- KEYS[2]  spells       hash, ordinal -> "uid after" and after its end "uid after last_ack last_id"
-- KEYS[3]  reads        stream
-- ARGV[1]  incarnation  of the expected group
-- ARGV[2]  done         id up to which everything is trimmed after this call, or 0
-- ARGV[3]  most         reads in this call
-- ARGV[4]  read_at      prefix of the read times, takes an ordinal
-- ARGV[5…] ordinals     of the receipt periods
--
-- Returns {'OK', reads removed} | {'NO_GROUP'}
local info, spells, reads = KEYS[1], KEYS[2], KEYS[3]
local incarnation, done, most, read_at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local state = redis.call('HMGET', info, 'incarnation', 'archived_upto', 'deleting')
if state[1] ~= incarnation or state[3] then
  return {'NO_GROUP'}
end
local archived_upto = tonumber(state[2])
for i = 5, #ARGV do
  local ordinal = ARGV[i]
  redis.call('ZREMRANGEBYSCORE', read_at .. ordinal, '-inf', archived_upto)
  local ended_at = string.match(redis.call('HGET', spells, ordinal) or '', ' %d+ %d+ (%d+)$')
  if ended_at and tonumber(ended_at) <= archived_upto then
    redis.call('HDEL', spells, ordinal)
  end
end
local removed, last = 0, '0'
for _, entry in ipairs(redis.call('XRANGE', reads, '-', '+', 'COUNT', most)) do
  if tonumber(entry[2][6]) > archived_upto then
    break
  end
  removed, last = removed + 1, string.match(entry[1], '^%d+')
end
if removed > 0 then
  redis.call('XTRIM', reads, 'MINID', string.format('%.0f-0', last + 1))
  if redis.call('XLEN', reads) == 0 then
    redis.call('UNLINK', reads)
  end
end
if done ~= '0' then
  redis.call('HSET', info, 'trimmed_upto', done)
end
return {'OK', removed}
