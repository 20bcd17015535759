"""A size that fits what is left of the quota, in this student's own region."""

import pytest

from course_runtime.grading import todo

ML = "Microsoft.MachineLearningServices"
TOTAL = "TotalDedicatedCores"
FAMILIES = (
    "standardDSv2Family",
    "standardDv2Family",
    "standardDSv3Family",
    "standardDASv4Family",
    "standardDDSv4Family",
    "standardESv3Family",
    "standardEDSv4Family",
    "standardFSv2Family",
)


@pytest.fixture
def region(azure, workspace):
    found = Region(azure, workspace.location)
    found.allow(TOTAL, 350)
    return found


class Region:
    """The quota of one region: set, used up, and looked at."""

    def __init__(self, azure, name):
        self.azure = azure
        self.name = name
        self.id = f"/subscriptions/{azure.subscription}/providers/{ML}/locations/{name}"

    def allow(self, family, cores):
        self.azure.put(
            f"{self.id}/providers/Microsoft.Quota/quotas/{family}",
            {"properties": {"limit": {"value": cores}}},
        )

    def left(self):
        usages = self.azure.list(f"{self.id}/usages")
        return {one["name"]["value"]: one["limit"] - one["currentValue"] for one in usages}

    def sizes(self):
        return self.azure.list(f"{self.id}/vmSizes")

    def best(self, nodes, cores, memory_gb):
        """The smallest size that fits; None when there is none."""
        left = self.left()
        fitting = [
            (size["vCPUs"], size["memoryGB"], size["name"])
            for size in self.sizes()
            if not size["gpus"]
            and size["vCPUs"] >= cores
            and size["memoryGB"] >= memory_gb
            and nodes * size["vCPUs"] <= min(left[size["family"]], left[TOTAL])
        ]
        return min(fitting)[2] if fitting else None

    def why_not(self, name, nodes, cores, memory_gb):
        """What is wrong with a size, in words."""
        size = next((one for one in self.sizes() if one["name"] == name), None)
        if size is None:
            return f"{name!r} is no VM size of the region '{self.name}'."
        left, wanted = self.left(), nodes * size["vCPUs"]
        if size["gpus"]:
            return f"{name} has a GPU, which nobody asked for."
        if size["vCPUs"] < cores or size["memoryGB"] < memory_gb:
            return f"{name} has {size['vCPUs']} cores and {size['memoryGB']:g} GB: that is too small."
        for family in (size["family"], TOTAL):
            if wanted > left[family]:
                return (
                    f"{nodes} nodes of {name} need {wanted} cores, and of '{family}' only {left[family]} are left in "
                    f"'{self.name}'."
                )
        return f"{name} fits, but there is a smaller one."


@pytest.fixture
def ask(student, client, region):
    """Ask the student's function, and compare with what is right."""

    def check(nodes, cores, memory_gb):
        found, best = (
            student.call("choose_size", client(), nodes, cores, memory_gb),
            region.best(nodes, cores, memory_gb),
        )
        assert str(found).lower() == best.lower(), (
            f"For {nodes} nodes of at least {cores} cores and {memory_gb} GB each, {best} is the smallest size that "
            f"fits; choose_size() returned {found!r}. {region.why_not(found, nodes, cores, memory_gb)}"
        )

    return check


def allow_at_random(world, region, cores):
    for family in FAMILIES:
        region.allow(family, world.choice(cores))


@todo("1.5", points=1)
@pytest.mark.parametrize("cores", [2, 4, 8])
def test_fits_its_family(world, region, ask, cores):
    """The smallest size whose family has enough cores left"""
    allow_at_random(world, region, [4, 8, 16, 24])
    for family in world.shuffled(FAMILIES)[:2]:
        region.allow(family, 64)
    ask(2, cores, world.choice([4, 8, 14, 16]))


@todo("1.5", points=1)
def test_memory(world, region, ask):
    """A size with enough memory, where few cores do not mean little memory."""
    allow_at_random(world, region, [32, 64])
    ask(1, 2, world.choice([28, 30, 32]))


def use_up(azure, workspace, region, world):
    """Somebody's instances use cores of one family, so that less is left than the limit says."""
    for family in FAMILIES:
        region.allow(family, 0)
    busy, free = "standardDSv3Family", "standardESv3Family"
    region.allow(busy, 16)
    region.allow(free, 32)
    for _ in range(2):
        body = {
            "location": workspace.location,
            "properties": {"computeType": "ComputeInstance", "properties": {"vmSize": "Standard_D4s_v3"}},
        }
        azure.put(f"{workspace.id}/computes/{world.name('busy')}", body)


@todo("1.5", points=1)
def test_in_use(azure, workspace, world, region, ask):
    """Cores that are in use already do not count."""
    use_up(azure, workspace, region, world)
    ask(3, 4, 8)


def require_lookup_error(failure, why):
    assert failure is not None, f"{why}: choose_size() should raise LookupError; it returned a value."
    assert failure.type == "LookupError", (
        f"{why}: choose_size() should raise LookupError; it raised {failure.type}: {failure.message}"
    )


@todo("1.5", points=1)
def test_region_total(student, world, client, region):
    """The region's total counts too: when it is too little, that is a LookupError."""
    allow_at_random(world, region, [64])
    region.allow(TOTAL, 24)
    require_lookup_error(
        student.failure_of("choose_size", client(), 4, 8, 16),
        f"4 nodes of 8 cores need 32, and of '{TOTAL}' 24 are left in '{region.name}' at most, whatever the family",
    )


@todo("1.5", points=1)
def test_nothing_fits(student, world, client, region):
    """When no family has enough, that is a LookupError."""
    allow_at_random(world, region, [8, 12])
    require_lookup_error(
        student.failure_of("choose_size", client(), 4, 8, 16),
        f"4 nodes of 8 cores need 32, and no family has more than 12 in '{region.name}'",
    )


@todo("1.5", points=1)
def test_azure_agrees(student, azure, workspace, world, client, region, compute_name):
    """Azure makes the nodes of the size that was chosen."""
    allow_at_random(world, region, [8, 12, 20])
    region.allow(world.choice(FAMILIES[2:5]), 48)
    size = student.call("choose_size", client(), 3, 4, 8)
    inner = {"vmSize": size, "scaleSettings": {"minNodeCount": 3, "maxNodeCount": 3}}
    body = {
        "location": workspace.location,
        "properties": {"computeType": "AmlCompute", "properties": inner},
    }
    refusal = azure.refusal_of(f"{workspace.id}/computes/{compute_name}", body)
    assert not refusal, (
        f"A cluster of 3 nodes of the size {size!r} was tried, and Azure refused it:\n{refusal}"
    )
