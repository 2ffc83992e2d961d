"""Drafts of our own for tests: sample data, in the words that such texts use."""

from __future__ import annotations

FEES = """NGHỊ QUYẾT
Quy định mức chi trả dịch vụ thu gom chất thải (DỮ LIỆU MẪU)
Căn cứ Luật Bảo vệ môi trường;

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
1. Nghị quyết này quy định mức chi trả và cách thu.
2. Nghị quyết này không áp dụng đối với chất thải nguy hại.

Điều 2. Mức chi trả
1. Hộ gia đình trả theo khối lượng:
a) Dưới 30 kg một tháng: 20.000 đồng;
b) Từ 30 kg một tháng: 35.000 đồng.
2. Hộ nghèo được giảm một nửa.

Chương II
TỔ CHỨC THỰC HIỆN

Điều 3. Hiệu lực
Nghị quyết này có hiệu lực từ ngày ban hành.

PHỤ LỤC I
"""
