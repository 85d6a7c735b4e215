"""A made-up place: ore feeds pig iron, that feeds sheet, that feeds tools; Alpha has steel, rolls sheet, plans tools.

Alpha lies in a zone, Ridge, whose rules each test chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.analysis.facts import Facts
from kg.load.build import assemble
from tests.support import make_project

RULES = {"ore": "permitted", "pig": "conditional", "tools": "permitted"}
PLACES = "https://w3id.org/iis-kg/id/place/"
STAGES = "https://w3id.org/iis-kg/id/stage/"
INDUSTRIES = "https://w3id.org/iis-kg/id/industry/"
ALPHA = PLACES + "alpha"


def made_up(root: Path, rules: Mapping[str, str] = RULES, tables: Mapping[str, str] | None = None) -> Facts:
    """The facts of the made-up place, with tables of other types beside or instead."""
    own = {
        "place": "key,class,label,within\nchina,Country,China,\nridge,Zone,Ridge,china\nalpha,City,Alpha,ridge\n",
        "industry": "key,label,broader\nsteel,Steel,\ncloth,Cloth,\n",
        "chain": "key,class,label,industry\nsteel,IndustryChain,Steel chain,steel\n",
        "stage": "key,class,chain,label,order,feeds\n"
        "ore,Stage,steel,Ore mining,1,pig\n"
        "pig,Stage,steel,Pig iron,2,sheet\n"
        "sheet,Stage,steel,Sheet rolling,3,tools\n"
        "tools,Stage,steel,Tool making,4,\n",
        "capability": "stage,place,status\nsheet,alpha,actual\ntools,alpha,planned\n",
        "regional-industry": "place,industry,role,status\nalpha,steel,,actual\n",
        "permission": "place,permits,degree\n" + "".join(f"ridge,stage:{k},{v}\n" for k, v in rules.items()),
    }
    given = {**own, **(tables or {})}
    if not rules:
        del given["permission"]
    cited = {kind: _cited(table) for kind, table in given.items()}
    project = make_project(root, cited, reference=False)
    store, _, _ = assemble(project)
    return Facts(store, project)


def _cited(table: str) -> str:
    """The table with a section and an anchor for each row, so that every fact has a passage."""
    head, *rows = table.splitlines()
    return (
        "\n".join([f"{head},section,anchor", *(f"{row},1,{row.replace(',', ' ').split()[0]} said" for row in rows)])
        + "\n"
    )
