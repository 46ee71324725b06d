// Each of these takes all cores, or looks at the memory of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
