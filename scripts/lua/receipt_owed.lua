-- Tells whether one of these receipt periods has not acked a message alone.
--
-- KEYS[1]  read_one  sorted set, id -> "id:ordinal:time"
-- ARGV[1]  id        message id
-- ARGV[2…] ordinals  of the receipt periods
--
-- Returns {'OK', 1 if one has not, else 0}
local read_one = KEYS[1]
local id = ARGV[1]

for i = 2, #ARGV do
  if not acked_alone(read_one, id, ARGV[i]) then
    return {'OK', 1}
  end
end
return {'OK', 0}
