-- Names that nobody has, ever different ones.
function setup(thread) thread:set("seed", os.time()) end
function init() math.randomseed(seed) end
function request()
  return wrk.format("GET", string.format("/users/nobody-%x%x", math.random(0, 0x7fffffff), math.random(0, 0x7fffffff)))
end
