"""Runs of torch.optim optimizers, as `descend` in reference.py wants them."""

import torch

from reference import STEPS, number, surface

# NAdam keeps its product of momenta, and every optimizer its step count, in the default dtype:
# left at float32, NAdam would be exact to seven digits only.
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def betas(case):
    return number(case, "beta1", 0.9), number(case, "beta2", 0.999)


def optimizer(case, params):
    """The torch optimizer that a case names, at PyTorch's defaults where the case is silent."""
    optim, lr = torch.optim, number(case, "lr", None)
    wd = {"weight_decay": number(case, "weight-decay", 0)}
    match case["optimizer"]:
        case "sgd":
            return optim.SGD(params, lr, foreach=False, **wd)
        case "momentum":
            return optim.SGD(params, lr, momentum=number(case, "momentum", 0.9), foreach=False, **wd)
        case "nesterov":
            momentum = number(case, "momentum", 0.9)
            return optim.SGD(params, lr, momentum=momentum, nesterov=True, foreach=False, **wd)
        case "adagrad":
            return optim.Adagrad(params, lr, eps=number(case, "eps", 1e-10), foreach=False, **wd)
        case "rmsprop":
            alpha, momentum = number(case, "alpha", 0.99), number(case, "momentum", 0)
            eps = number(case, "eps", 1e-8)
            return optim.RMSprop(params, lr, alpha, eps, momentum=momentum, foreach=False, **wd)
        case "adadelta":
            rho, eps = number(case, "rho", 0.9), number(case, "eps", 1e-6)
            return optim.Adadelta(params, lr, rho, eps, foreach=False, **wd)
    common = {"eps": number(case, "eps", 1e-8), "betas": betas(case), "foreach": False}
    match case["optimizer"]:
        case "adam":
            return optim.Adam(params, lr, **common, **wd)
        case "adamw":
            return optim.AdamW(params, lr, weight_decay=number(case, "weight-decay", 0.01), **common)
        case "amsgrad":
            return optim.Adam(params, lr, amsgrad=True, **common, **wd)
        case "adamax":
            return optim.Adamax(params, lr, **common, **wd)
        case "nadam":
            decay = number(case, "momentum-decay", 0.004)
            return optim.NAdam(params, lr, momentum_decay=decay, **common, **wd)
        case "radam":
            return optim.RAdam(params, lr, **common, **wd)


def loss(case, point):
    return surface(case, point[0], point[1], torch.cos)


def descend(case, start, nudges):
    params = torch.tensor(start, requires_grad=True)
    rule = optimizer(case, [params])
    path = []
    for k in range(STEPS + 1):
        with torch.no_grad():
            path.append((*params.tolist(), loss(case, params).item()))
        if k < STEPS:
            at = (params.detach() * torch.tensor(nudges[k])).requires_grad_()
            params.grad = torch.autograd.grad(loss(case, at), at)[0]
            rule.step()
    return path
