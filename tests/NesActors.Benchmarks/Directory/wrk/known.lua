-- Some thousand names that everybody asks for.
local names = 4000
function request()
  return wrk.format("GET", string.format("/users/user%07d", math.random(0, names - 1)))
end
function setup(thread) thread:set("seed", os.time()) end
function init() math.randomseed(seed) end
