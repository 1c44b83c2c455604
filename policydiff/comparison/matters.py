"""What a provision is for: measures proper, and the closing matters that every document carries.

Penalties, complaints, publication and entry into force look alike everywhere. A local document leaves them to its superior
(they bind anyway), so that among what is left out they are sorted by themselves; commencement and repeal are never
taken for adopted.
"""

import re

from policydiff.model import Matter

_COMMENCEMENT = re.compile(
    r"""(?: 自 [^，,。；;]{0,30} (?:起|后|之日) (?:起)? (?: 正式 )? (?: 试?施行 | 试行 | 试?实施 | 执行 | 生效 ) | 自 (?:发布|印发|公布|颁布) 之日起
        | 试行期 (?: 至 | 为 | 自 | [一二三四五六七八九十两\d]+ 个? [年月] )
        | 有效期 (?: 至 | 为 | 自 | [一二三四五六七八九十\d]+ 年 ) | 有效期 [^，,。；;]{0,12} (?: 年 | 日 | 止 ) [。]?$
        | (?: 同时 | 即行 | 予以 | 自行 ) 废止 | 不再 (?: 执行 | 施行 ) | 停止 (?: 执行 | 施行 )
        | 由 [^，,。；;]{2,40} 负责 (?: 具体 )? (?: 应用 )? 解释 )""",
    re.VERBOSE,
)
_NOT_COMMENCEMENT = re.compile("应当|可以|不得|许可证|证书|申请|营业执照|合同|聘|任期")
"""Words of a provision that has a term of validity or a day of its own: 许可证有效期为五年, 自收到申请之日起."""
_SANCTION = re.compile(
    r"罚款|处罚|没收|吊销|责令(?:停|改|限)|追究[^，。；]{0,12}责任|给予[^，。；]{0,6}处分|法律责任|构成犯罪|滥用职权|行政拘留"
)
_COMPLAINT = re.compile(r"投诉|举报|信访|申诉|行政复议|行政诉讼|依法申请复议")
_NOTICE = re.compile(
    r"(?:向社会|予以|及时|主动|依法)(?:公开|公布|公示|公告)|征求(?:社会)?(?:公众)?意见|(?:公开|公示)(?:渠道|平台)"
)
_DEFINITION = re.compile(r"^(?:本[^，。]{2,6}|前款)所?称(?:的)?|是指|包括下列|下列用语的含义")
_SHELL = re.compile(
    r"""(?: 经 [^，。；]{2,20} 同意 [，,] )? 现 将 [^，。；：]{2,60} (?: 通知 | 通报 | 公告 | 公布 | 通告 | 函告 ) 如下 [：:]?
      | 特此 (?:通知|公告|函复|批复|说明) .{0,4}
      | (?: 现 | 经 )? .{0,40} (?: 印发 | 转发 | 批转 | 下发 ) 给你们 .{0,40}
      | 请 (?:你们?[^。]{0,10})? (?: 认真 | 遵照 | 结合实际 | 按照 )? [^。]{0,14} (?: 贯彻执行 | 遵照执行 | 贯彻落实 | 认真执行 | 抓好落实 )
      | 附件? [：:\d一二三四五六] .{0,80} | 附表? [：:] .{0,80} | (?: 政策 | 图文 )? 解读 [：:]? .{0,80} | 【 (?: 图文 | 视频 | 文字 ) 解读 】 .*
      | (?: 此件 | 此文 ) (?: 公开 | 主动公开 | 依申请公开 | 删减 ) .{0,10} | 抄送 [：:] .*
      | (?: 各 [^。，,；;]{1,60} [、，,] )+ 各? [^。；;]{1,40} [：:] | 联系 (?:人|电话|方式) [：:] .*""",
    re.VERBOSE,
)


def matter_of(text: str) -> Matter:
    """Return what a sentence or a clause is for.

    >>> matter_of("本办法自2023年6月22日起施行，有效期至2028年6月22日。").value
    'commencement'
    """
    if is_commencement(text):
        return Matter.COMMENCEMENT
    if _SANCTION.search(text):
        return Matter.SANCTION
    if _COMPLAINT.search(text):
        return Matter.COMPLAINT
    if _DEFINITION.search(text):
        return Matter.DEFINITION
    return Matter.NOTICE if _NOTICE.search(text) else Matter.MEASURE


def is_commencement(text: str) -> bool:
    """Say whether a sentence does nothing but set a document in force, end it or another, or say who interprets it."""
    return _COMMENCEMENT.search(text) is not None and _NOT_COMMENCEMENT.search(text) is None


def is_shell(text: str) -> bool:
    """Say whether a line belongs to the letter around a document: salutation, 特此通知, list of annexes."""
    return _SHELL.fullmatch(text) is not None
