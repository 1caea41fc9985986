-- Says which declaration the follower of this session may see. $1: its id.
SELECT set_config('maillon.declaration', $1::text, false)
