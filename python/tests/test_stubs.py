"""The stubs say what the module has: names, parameters and which of them may be left out; the package is typed and documented."""
import ast
import inspect
import re
from pathlib import Path

import pytest

import kontor
from kontor import _kontor

STUB = ast.parse((Path(kontor.__file__).parent / "_kontor.pyi").read_text())


def public(names):
    return {name for name in names if not name.startswith("_")}


def stub_names(body):
    names = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign):
            names.add(node.target.id)
    return public(names)


def stub_parameters(function):
    """[(name, may be left out)] without self."""
    plain, named = function.args.args, function.args.kwonlyargs
    optional = len(plain) - len(function.args.defaults)
    found = [(a.arg, k >= optional) for k, a in enumerate(plain)] + [(a.arg, d is not None) for a, d in zip(named, function.args.kw_defaults)]
    return [p for p in found if p[0] != "self"]


def parts(text):
    """Split at commas outside of brackets and quotes."""
    depth, start, found, quoted = 0, 0, [], False
    for k, c in enumerate(text):
        quoted ^= c == "'"
        depth += not quoted and (c in "[({<") - (not quoted and c in "])}>")
        if c == "," and depth == 0 and not quoted:
            found.append(text[start:k].strip())
            start = k + 1
    return found + [text[start:].strip()] if text.strip() else []


def bound_parameters(function):
    """The same from the first line of the docstring, which pybind11 writes."""
    line = function.__doc__.splitlines()[0]
    inside = re.match(r"\w+\((.*)\) -> ", line.replace("->", "->")).group(1)
    found = [(p.split(":")[0].strip(), " = " in p) for p in parts(inside)]
    return [p for p in found if p[0] not in ("self", "*")]


CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}
FUNCTIONS = {node.name: node for node in STUB.body if isinstance(node, ast.FunctionDef)}


def test_the_stub_names_what_the_module_names():
    assert public(vars(_kontor)) == stub_names(STUB.body)
    for name, node in CLASSES.items():
        assert public(vars(getattr(_kontor, name))) == stub_names(node.body), name


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_has_the_parameters_of_its_stub(name):
    assert bound_parameters(getattr(_kontor, name)) == stub_parameters(FUNCTIONS[name])


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_methods_have_the_parameters_of_their_stubs_and_properties_are_properties(name):
    kind = getattr(_kontor, name)
    for node in CLASSES[name].body:
        if isinstance(node, ast.FunctionDef):
            member = vars(kind)[node.name]
            if any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list):
                assert isinstance(member, property), node.name
            else:
                assert bound_parameters(getattr(kind, node.name)) == stub_parameters(node), node.name


def everything_public():
    for name in kontor.__all__:
        one = getattr(kontor, name)
        yield name, one
        if inspect.isclass(one) and one.__module__.startswith("kontor.") and one.__module__ != "kontor._kontor":
            for member, value in vars(one).items():
                if not member.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
                    yield f"{name}.{member}", value


def test_everything_public_is_documented_and_typed():
    assert (Path(kontor.__file__).parent / "py.typed").exists()
    for name, one in everything_public():
        assert inspect.getdoc(one), name
        function = one.fget if isinstance(one, property) else one
        if inspect.isfunction(function):
            signature = inspect.signature(function)
            assert signature.return_annotation is not inspect.Signature.empty, name
            assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values() if p.name != "self"), name
