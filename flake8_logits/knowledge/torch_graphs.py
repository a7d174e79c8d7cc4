"""Layers on graphs, of packages for PyTorch: weights times what the neighbours hold."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Module, Parameter, Weighted

_GEOMETRIC = "torch-geometric 2.8.1"
_DGL = "dgl 2.2.1"

_OF_GEOMETRIC = tuple(
    Module(f"torch_geometric.nn.{name}", Weighted(units=Parameter("out_channels", 1)), source=_GEOMETRIC)
    for name in ("ChebConv", "ClusterGCNConv", "GCNConv", "GraphConv", "LEConv", "SAGEConv", "SGConv", "TAGConv")
)

# Several heads stand side by side, or make another axis.
_WITH_HEADS = tuple(
    Module(f"torch_geometric.nn.{name}", Weighted(), source=_GEOMETRIC)
    for name in ("GATConv", "GATv2Conv", "SuperGATConv", "TransformerConv")
)

_ACTIVATION = Parameter("activation", None)

_OF_DGL = (
    Module("dgl.nn.GraphConv", Weighted(_ACTIVATION, Parameter("out_feats", 1)), source=_DGL),
    Module("dgl.nn.SAGEConv", Weighted(_ACTIVATION, Parameter("out_feats", 1)), source=_DGL),
    Module("dgl.nn.GATConv", Weighted(_ACTIVATION), source=_DGL),
)

ROWS: tuple[Module, ...] = (*_OF_GEOMETRIC, *_WITH_HEADS, *_OF_DGL)
