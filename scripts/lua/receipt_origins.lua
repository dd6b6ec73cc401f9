-- Lists who sent the messages of a range and whether receipts were kept for them, as far as Redis still has them. So
-- nobody opens an archive to find out that receipts are not for the member.
--
-- KEYS[1]  info         hash
-- KEYS[2]  messages     stream
-- ARGV[1]  incarnation  of the expected group
-- ARGV[2]  from         lowest id
-- ARGV[3]  upto         highest id
--
-- Returns {'OK', id, sender, policy when it was sent, id, …} | {'NO_GROUP'}
local info, messages = KEYS[1], KEYS[2]
local incarnation, from, upto = ARGV[1], ARGV[2], ARGV[3]

if redis.call('HGET', info, 'incarnation') ~= incarnation then
  return {'NO_GROUP'}
end
local reply = {'OK'}
for _, entry in ipairs(redis.call('XRANGE', messages, from .. '-0', upto .. '-0')) do
  local size = #reply
  reply[size + 1], reply[size + 2], reply[size + 3] = string.match(entry[1], '^%d+'), entry[2][2], entry[2][8] or ''
end
return reply
