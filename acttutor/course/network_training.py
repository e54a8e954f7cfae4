"""From a network file to training: its keys as a plan of `nn`, its points as what is learnt."""

from acttutor.course.network_schema import Adam, Compat, Momentum, Optimizer
from acttutor.course.network_spec import NetworkFile
from acttutor.nn import training
from acttutor.nn.training import Plan, Points, Snapshot


def plan_of(file: NetworkFile) -> Plan:
    """How the file says to train; with `compat: playground` a weight that l1 carries across zero stays there."""
    wanted = file.training
    return Plan(
        _optimizer(wanted.optimizer),
        wanted.learning_rate,
        wanted.batch_size,
        wanted.shuffle,
        wanted.accumulate,
        wanted.regularization,
        sticky_zeros=wanted.compat is Compat.PLAYGROUND,
    )


def points_of(file: NetworkFile) -> Points:
    """The file's points; raises UserError where it gives none."""
    return Points(file.x, file.y)


def first_snapshot(file: NetworkFile) -> Snapshot:
    """The file's network before its first epoch."""
    return training.start([file.network], [file.parameters], [file.seed])


def _optimizer(wanted: Optimizer) -> training.Optimizer:
    match wanted:
        case Momentum(momentum=momentum):
            return training.Momentum(momentum)
        case Adam(beta1=beta1, beta2=beta2, epsilon=epsilon):
            return training.Adam(beta1, beta2, epsilon)
        case _:
            return training.Sgd()
